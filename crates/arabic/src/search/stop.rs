//! Words that say nothing of the matter: a query is not narrowed by them where
//! it has others.

use std::{collections::HashSet, sync::LazyLock};

use super::spelling::spelling;

/// Prepositions, pronouns, particles and the verbs of «to be», each as written.
/// Written for this project after the closed classes of Arabic grammar.
const WORDS: &str = "في من إلى على عن مع حتى منذ مذ خلال عبر لدى عند بعد قبل بين حول ضد دون \
    أن إن كأن لكن لعل ليت أنه أنها إنه إنها أنهم بأن بأنه لأن لأنه كما مما فيما عما كلما حيث حين إذ إذا لو لولا \
    هو هي هم هن هما أنا نحن أنت أنتم هذا هذه هذان هذين هؤلاء ذلك تلك أولئك ذاك هنا هناك \
    الذي التي الذين اللذان اللذين اللتان اللواتي ما ماذا أي أية كيف متى أين هل لماذا \
    لا لم لن ليس ليست لما قد سوف كان كانت كانوا يكون تكون كل بعض غير سوى أيضا فقط \
    و أو ثم بل ف ب ل ك فيه فيها منه منها به بها له لها لهم إليه إليها عليه عليها عنه عنها معه معها \
    وفي ومن وعلى وإلى وعن ومع وهو وهي وأن وإن ولا ولم ولن وقد وكان وكانت وهذا وهذه وذلك \
    al el the a an of in on at to and or for by is are was";

static FORMS: LazyLock<HashSet<String>> =
    LazyLock::new(|| WORDS.split_whitespace().map(spelling).collect());

/// Whether a form (as [`super::Word::form`]) is such a word: «في», «على».
pub fn is_stop_word(form: &str) -> bool {
    FORMS.contains(form)
}
