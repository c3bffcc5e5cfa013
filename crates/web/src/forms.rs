//! What a form sent: `application/x-www-form-urlencoded`, within limits.

/// The longest body, in bytes.
pub(crate) const BODY_BYTES_MAX: usize = 64 * 1024;
/// The same of a form that holds the text of an article: an Arabic letter takes
/// six bytes of it.
pub(crate) const TEXT_BYTES_MAX: usize = 4 * 1024 * 1024;
/// The same of a part of a file, somewhat more than is asked for.
pub(crate) const PART_BYTES_MAX: usize = 1024 * 1024;
/// The same of a form that holds files.
pub(crate) const FILES_BYTES_MAX: usize = 40 * 1024 * 1024;
/// Fields of one form at the most.
const FIELDS_MAX: usize = 200;

/// The fields of a form, in their order.
#[derive(Default)]
pub(crate) struct Form {
    fields: Vec<(String, String)>,
}

impl Form {
    /// Reads a body; what is more than a form has is left out.
    pub(crate) fn read(body: &[u8]) -> Self {
        let fields = form_urlencoded::parse(body).take(FIELDS_MAX);
        let fields = fields.map(|(name, value)| (name.into_owned(), value.into_owned()));
        Self {
            fields: fields.collect(),
        }
    }

    /// A form of these fields.
    pub(crate) fn of(mut fields: Vec<(String, String)>) -> Self {
        fields.truncate(FIELDS_MAX);
        Self { fields }
    }

    /// The value of a field; empty where it was not sent.
    pub(crate) fn one(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// Whether a field was sent, empty or not.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// Every field, in order.
    pub(crate) fn each(&self) -> impl Iterator<Item = (&str, &str)> {
        let fields = self.fields.iter();
        fields.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// All values of a field.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        let own = move |field: &&(String, String)| field.0 == name;
        let fields: Vec<_> = self.fields.iter().filter(own).collect();
        fields.into_iter().map(|(_, value)| value.as_str())
    }
}
