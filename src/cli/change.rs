//! How does a command change a visit? Alone, never a sealed one, and all or nothing.

use super::context::Context;
use super::failure::Failure;
use crate::domain::assessment::Assessment;
use crate::domain::questionnaire::Questionnaire;
use crate::storage::assessments::Writer;
use crate::storage::assessments::Written;
use crate::storage::error::Error;
use crate::storage::lock::Lock;
use crate::storage::whereabouts;

/// Changes the visit that a reference means and saves it, unless `edit` refuses. Gives the visit's full reference
/// and what `edit` gave.
pub fn change<T>(
    context: &Context,
    reference: &str,
    edit: impl FnOnce(&Questionnaire, &mut Assessment) -> Result<T, Failure>,
) -> Result<(String, T), Failure> {
    let store = context.store()?;
    let found = store.find(reference)?;
    let reference = found.reference();
    let _lock = Lock::take(&found.path)?;
    // Before reading: what another program writes from here on is noticed when saving.
    let mut writer = Writer::new(&found.path)?;
    let visit = store.visit(&found.path)?;
    if visit.assessment.seal.is_some() {
        return Err(Error::sealed(&reference).into());
    }
    let mut assessment = visit.assessment;
    let made = edit(&visit.questionnaire, &mut assessment)?;
    match writer.write(&assessment)? {
        Written::Saved => {}
        Written::Anew => {
            let said = whereabouts::said_of_lost();
            context.note(said.fr, said.en);
        }
        Written::KeptOther(kept) => {
            let kept = kept.display();
            context.note(
                format!(
                    "un autre programme a modifié ce fichier\u{202f}; son état est gardé\u{202f}: {kept}"
                ),
                format!("another program changed this file; its state is kept: {kept}"),
            );
        }
        Written::Merged { merged, kept } => {
            let kept = kept.map(|kept| kept.display().to_string());
            let said = merged.said(kept.as_deref());
            context.note(said.fr, said.en);
        }
    }
    Ok((reference, made))
}
