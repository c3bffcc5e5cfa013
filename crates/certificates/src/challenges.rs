//! What an authority asks for over plain HTTP to see that the name is ours
//! (RFC 8555, 8.3), while it may ask.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

/// Where the answers stand.
pub(crate) const FOLDER: &str = "/.well-known/acme-challenge/";

/// Answers by their token. Cheap to share.
#[derive(Clone, Debug, Default)]
pub struct Challenges(Arc<RwLock<HashMap<String, String>>>);

/// An answer that is there until this is dropped.
#[derive(Debug)]
pub(crate) struct Answered {
    challenges: Challenges,
    token: String,
}

impl Challenges {
    /// Whether a path is that of an answer, there or not.
    pub fn is_one(path: &str) -> bool {
        path.starts_with(FOLDER)
    }

    /// The answer at a path.
    pub fn answer(&self, path: &str) -> Option<String> {
        let token = path.strip_prefix(FOLDER)?;
        let answers = self.0.read().unwrap_or_else(PoisonError::into_inner);
        answers.get(token).cloned()
    }

    pub(crate) fn put(&self, token: String, answer: String) -> Answered {
        let mut answers = self.0.write().unwrap_or_else(PoisonError::into_inner);
        answers.insert(token.clone(), answer);
        Answered {
            challenges: self.clone(),
            token,
        }
    }
}

impl Drop for Answered {
    fn drop(&mut self) {
        let answers = self.challenges.0.write();
        let mut answers = answers.unwrap_or_else(PoisonError::into_inner);
        answers.remove(&self.token);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_there_while_it_may_be_asked_for() {
        let challenges = Challenges::default();
        let path = "/.well-known/acme-challenge/abc";
        assert!(Challenges::is_one(path) && !Challenges::is_one("/abc"));
        let answered = challenges.put("abc".to_owned(), "abc.key".to_owned());
        assert_eq!(challenges.answer(path).as_deref(), Some("abc.key"));
        assert_eq!(challenges.answer("/abc"), None);
        drop(answered);
        assert_eq!(challenges.answer(path), None);
    }
}
