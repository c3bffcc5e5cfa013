//! Which code points are letters, marks and controls of Arabic text.

/// Tatweel, the stroke that lengthens a word: «ســوريا».
pub const TATWEEL: char = '\u{0640}';

/// Vowel signs, tanwin, shadda, sukun, dagger alef and the marks of Quranic
/// spelling (Unicode 16, block Arabic, general category Mn).
pub const fn is_mark(c: char) -> bool {
    matches!(c, '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E4}' | '\u{06E7}' | '\u{06E8}' | '\u{06EA}'..='\u{06ED}' | '\u{08D3}'..='\u{08FF}')
}

/// Controls of direction and of joining: marks, embeddings, overrides,
/// isolates, zero-width joiner and non-joiner, byte order mark.
pub const fn is_control(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Letters of the Arabic script, presentation forms included.
pub fn is_arabic_letter(c: char) -> bool {
    c.is_alphabetic()
        && !is_mark(c)
        && c != TATWEEL
        && matches!(c, '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{0870}'..='\u{08FF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
}

/// Arabic letters that do not join to the letter after them.
pub const fn ends_joining(c: char) -> bool {
    matches!(
        c,
        'ا' | 'أ' | 'إ' | 'آ' | 'ٱ' | 'د' | 'ذ' | 'ر' | 'ز' | 'و' | 'ؤ' | 'ة' | 'ى' | 'ء'
    )
}
