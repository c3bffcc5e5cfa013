//! How fast a text is read, in megabytes of UTF-8 a second on one core, beside
//! cutting the same text at white space, and beside half of it: the time grows with the length.

use std::{hint::black_box, time::Instant};

use attribution::{Article, read};

const PARAGRAPHS: [&str; 4] = [
    "قال وزير الخارجية الروسي سيرغي لافروف، الجمعة، خلال مؤتمر صحفي مشترك مع نظيره التركي في موسكو، إن «الاتفاق قريب»، مضيفا أن العمل جار على وضع نصه النهائي. وأشار إلى أن اللقاء المقبل سيعقد في أنقرة.",
    "من جهته، أكد الأمين العام للأمم المتحدة أنطونيو غوتيريش أن المساعدات ستصل إلى جميع المناطق المحاصرة، ودعا الأطراف إلى وقف القتال. ونددت حركة حماس بـ «التهديدات» ضد المنظمات الدولية.",
    "وسقط في الهجوم ثلاثة قتلى وعشرات الجرحى، بحسب مصادر طبية. وتقع المدينة على بعد أربعين كيلومترا من الحدود، ويعيش فيها نحو مئة ألف نسمة، ويعمل معظم سكانها في الزراعة وتربية المواشي منذ قرون.",
    "ونقلت وكالة رويترز عن مسؤول أمريكي قوله إن الهدنة صامدة حتى الآن. وأعلن الجيش مقتل جنديين في انفجار عبوة ناسفة، فيما نفت الحكومة أن تكون قد أغلقت المعبر الوحيد الذي تمر عبره الشاحنات.",
];
const BYTES: usize = 4_000_000;
const RUNS: usize = 3;

#[expect(clippy::print_stdout, reason = "a bench tells its figures")]
fn main() {
    let whole = text(BYTES);
    let half = text(BYTES / 2);
    let read_whole = best(&whole, |text| {
        black_box(read(&Article {
            title: "",
            text,
            published: None,
        }));
    });
    let read_half = best(&half, |text| {
        black_box(read(&Article {
            title: "",
            text,
            published: None,
        }));
    });
    let cut = best(&whole, |text| {
        black_box(text.split_whitespace().map(str::len).sum::<usize>());
    });
    println!(
        "read: {:.1} MB/s; of half the text: {:.1} MB/s",
        speed(whole.len(), read_whole),
        speed(half.len(), read_half)
    );
    println!(
        "cut at white space: {:.1} MB/s; reading takes {:.0} times as long",
        speed(whole.len(), cut),
        read_whole / cut
    );
}

fn text(bytes: usize) -> String {
    let mut out = String::with_capacity(bytes + 1000);
    for paragraph in PARAGRAPHS.iter().cycle() {
        if out.len() >= bytes {
            break;
        }
        out.push_str(paragraph);
        out.push('\n');
    }
    out
}

/// The seconds of the fastest of some runs.
fn best(text: &str, work: impl Fn(&str)) -> f64 {
    (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            work(text);
            start.elapsed().as_secs_f64()
        })
        .fold(f64::INFINITY, f64::min)
}

fn speed(bytes: usize, seconds: f64) -> f64 {
    f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1e6 / seconds
}
