//! What do other programs' files tell about a site? Captures, recognised by their content, read as a stream.
//!
//! ```text
//! file ── intake ──▶ har | inspection ──▶ gathering ──▶ Capture
//!         bounded     one entry at a time  who is whose
//! ```
//!
//! A capture is made of what strangers sent: it may be cut short, gigantic, nested without end, or made to do harm. The
//! [`intake`] bounds what reaches the parser, the [`gathering`] bounds what is kept, and neither ever keeps the value
//! of a cookie, a query, a body, an authorisation or anything stored.

pub mod address;
pub mod capture;
pub mod first_party;
pub mod gathering;
pub mod har;
pub mod idn;
pub mod inspection;
pub mod intake;
pub mod lenient;
pub mod page;
pub mod problem;
pub mod reference;
pub mod scrubbed;
pub mod services;
pub mod set_cookie;
pub mod tag;
