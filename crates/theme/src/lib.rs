//! Read models to HTML: typed page contexts, templates, assets and messages.
