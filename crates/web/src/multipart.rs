//! A form with files, as a browser sends one: `multipart/form-data` (RFC 7578).

use bytes::Bytes;

use crate::forms::Form;

/// Parts of one form at the most.
const PARTS_MAX: usize = 100;
/// Bytes of the lines above a part.
const HEAD_BYTES_MAX: usize = 4096;

/// A file that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct File {
    /// The name it had where it comes from; nothing is made of it.
    pub(crate) name: String,
    pub(crate) bytes: Bytes,
}

/// The fields and the files of a form; none where it is none.
pub(crate) fn read(content_type: &str, body: &Bytes) -> Option<(Form, Vec<File>)> {
    let rest = content_type.strip_prefix("multipart/form-data")?;
    let (_, boundary) = rest.split_once("boundary=")?;
    let boundary = boundary.split(';').next().unwrap_or_default();
    let boundary = boundary.trim().trim_matches('"');
    if boundary.is_empty() || boundary.len() > 70 {
        return None;
    }
    let first = format!("--{boundary}");
    let between = format!("\r\n--{boundary}");
    let (mut fields, mut files) = (Vec::new(), Vec::new());
    let mut at = find(body, first.as_bytes(), 0)? + first.len();
    for _ in 0..PARTS_MAX {
        if body.get(at..at + 2)? == b"--" {
            return Some((Form::of(fields), files));
        }
        at += 2;
        let head = body.get(at..body.len().min(at + HEAD_BYTES_MAX))?;
        let head_end = at + find(head, b"\r\n\r\n", 0)?;
        let end = find(body, between.as_bytes(), head_end + 2)?;
        let head = String::from_utf8_lossy(&body[at..head_end]).into_owned();
        let content = body.slice((head_end + 4).min(end)..end);
        if let Some((name, file)) = disposition(&head) {
            match file {
                // A field for files that nobody chose one for is sent empty.
                Some(file) if file.is_empty() && content.is_empty() => {}
                Some(file) => files.push(File {
                    name: file,
                    bytes: content,
                }),
                None => fields.push((name, String::from_utf8_lossy(&content).into_owned())),
            }
        }
        at = end + between.len();
    }
    None
}

/// The name of a part, and that of its file, if it is one.
fn disposition(head: &str) -> Option<(String, Option<String>)> {
    let line = head.split("\r\n").find(|line| {
        line.get(..20)
            .is_some_and(|name| name.eq_ignore_ascii_case("content-disposition:"))
    })?;
    let value = |name: &str| {
        let (_, rest) = line.split_once(&format!("; {name}=\""))?;
        let (value, _) = rest.split_once('"')?;
        Some(value.replace("%22", "\"").replace("%0D%0A", " "))
    };
    Some((value("name")?, value("filename")))
}

/// Where `word` begins in `bytes`, from a place on.
fn find(bytes: &[u8], word: &[u8], from: usize) -> Option<usize> {
    let (first, mut at) = (*word.first()?, from);
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == first)?;
        if bytes[at..].starts_with(word) {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: &str = "multipart/form-data; boundary=----x";

    #[test]
    fn fields_and_files_are_read() {
        let body = "------x\r\nContent-Disposition: form-data; name=\"form\"\r\n\r\nرمز\r\n------x\r\n\
            content-disposition: form-data; name=\"file\"; filename=\"صورة %22أ%22.jpg\"\r\nContent-Type: text/html\r\n\r\n\
            \r\n--\r\n----\r\n------x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n------x--\r\n";
        let (form, files) = read(KIND, &Bytes::from_static(body.as_bytes())).expect("a form");
        assert_eq!(form.one("form"), "رمز");
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].name, "صورة \"أ\".jpg");
        assert_eq!(&files[0].bytes[..], b"\r\n--\r\n----");
    }

    #[test]
    fn what_is_no_form_is_none() {
        for (kind, body) in [
            ("text/plain", "------x--"),
            ("multipart/form-data", "------x--"),
            ("multipart/form-data; boundary=", "----"),
            (KIND, ""),
            (KIND, "------x"),
            (
                KIND,
                "------x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\ncut",
            ),
            (KIND, "------x\r\nno head"),
        ] {
            let read = read(kind, &Bytes::from_static(body.as_bytes()));
            assert!(read.is_none(), "{kind} {body}");
        }
        let many = "------x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n".repeat(500);
        assert!(read(KIND, &Bytes::from(many)).is_none());
    }
}
