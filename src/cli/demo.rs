//! What does `privaudit demo` show? A throw-away store with three fictional clients and their history.
use std::path::Path;
use std::path::PathBuf;

use jiff::civil::Date;

use super::failure::Failure;

#[derive(Debug)]
pub struct Demo {
    folder: PathBuf,
}
impl Demo {
    pub fn make(_today: Date) -> Result<Demo, Failure> {
        Err(Failure::refused("pas encore", "not yet"))
    }
    pub fn path(&self) -> &Path {
        &self.folder
    }
    pub fn remove(self) -> Result<(), Failure> {
        Ok(())
    }
}
