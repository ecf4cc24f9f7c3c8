//! Which day is it? The one place where the commands look at a clock.

use jiff::ZonedDateTime;
use jiff::civil::Date;

/// Where the user is.
pub fn today() -> Date {
    ZonedDateTime::now().date()
}
