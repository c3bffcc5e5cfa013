//! Lists and tables.

use std::collections::HashSet;

use editorial::{BlockKind, body::ListItem};

use super::{DEPTH_MAX, Inside, Reducer, tidy};
use crate::html::dom::NodeId;

impl Reducer<'_> {
    pub(super) fn list_items(&mut self, id: NodeId, inside: &Inside) -> Vec<ListItem> {
        let mut items: Vec<ListItem> = Vec::new();
        for child in self.dom.node(id).children.clone() {
            match self.dom.name(child) {
                "li" => {
                    let item = self.list_item(child, &inside.deeper());
                    if !item.runs.is_empty() || !item.items.is_empty() {
                        items.push(item);
                    }
                }
                // A list right below a list belongs to the item before it.
                name @ ("ul" | "ol") if inside.depth < DEPTH_MAX => {
                    self.numbered(child);
                    let below = self.list_items(child, &inside.deeper());
                    match items.last_mut() {
                        Some(item) => item.items.extend(below),
                        None => items.push(ListItem {
                            runs: Vec::new(),
                            ordered: name == "ol",
                            items: below,
                        }),
                    }
                }
                _ => {
                    let runs = self.runs_of(child, &inside.deeper());
                    if !runs.is_empty() {
                        items.push(ListItem {
                            runs,
                            ..ListItem::default()
                        });
                    }
                }
            }
        }
        items
    }

    /// Tells where a list does not count from 1 on.
    pub(super) fn numbered(&mut self, id: NodeId) {
        let from = |id: NodeId, name: &str| {
            let value = self.dom.attribute(id, name)?.trim();
            Some(value.parse::<i64>().ok()?.to_string())
        };
        let start = from(id, "start").filter(|start| start != "1");
        let reversed = self.dom.attribute(id, "reversed").is_some();
        let items = self.dom.node(id).children.iter();
        let values = items.filter(|item| from(**item, "value").is_some()).count();
        if self.dom.name(id) != "ol" {
            return;
        }
        if let Some(start) = start {
            self.lose(&format!(
                "list numbered from {start} on, numbered from 1 here"
            ));
        }
        if reversed || values > 0 {
            self.lose("list with numbers of its own, numbered from 1 on here");
        }
    }

    fn list_item(&mut self, id: NodeId, inside: &Inside) -> ListItem {
        let mut item = ListItem::default();
        let collapsed = inside.collapsed();
        item.runs = self.apart(|reducer| {
            for child in reducer.dom.node(id).children.clone() {
                match reducer.dom.name(child) {
                    name @ ("ul" | "ol") if inside.depth < DEPTH_MAX => {
                        item.ordered = name == "ol";
                        reducer.numbered(child);
                        let below = reducer.list_items(child, &inside.deeper());
                        item.items.extend(below);
                    }
                    _ => reducer.inline(child, &collapsed),
                }
            }
        });
        item
    }

    pub(super) fn table(&mut self, id: NodeId, inside: &Inside) {
        self.end_paragraph(inside);
        let mut own_caption = None;
        let (mut rows, mut header) = (Vec::new(), false);
        let below: Vec<NodeId> = self.dom.below(id).collect();
        // Rows of a table in a cell are that cell's text.
        let deeper: HashSet<NodeId> = below
            .iter()
            .filter(|node| self.dom.name(**node) == "table")
            .flat_map(|inner| self.dom.below(*inner))
            .collect();
        for row in below.iter().copied() {
            match self.dom.name(row) {
                "caption" if !deeper.contains(&row) => {
                    let text = tidy(&self.repaired(&self.dom.text(row)));
                    own_caption = match own_caption {
                        Some(known) => Some(tidy(&format!("{known} {text}"))),
                        None => Some(text).filter(|text| !text.is_empty()),
                    };
                }
                "tr" if !deeper.contains(&row) => {
                    let mut cells = Vec::new();
                    let mut all_headers = true;
                    for cell in self.dom.node(row).children.clone() {
                        let name = self.dom.name(cell);
                        if matches!(name, "td" | "th") {
                            all_headers &= name == "th";
                            if ["colspan", "rowspan"].iter().any(|span| {
                                self.dom
                                    .attribute(cell, span)
                                    .is_some_and(|count| count.trim() != "1")
                            }) {
                                self.lose("cells that span rows or columns, kept as single cells");
                            }
                            cells.push(self.runs_of(cell, &inside.deeper()));
                        }
                    }
                    if rows.is_empty() {
                        header = all_headers && !cells.is_empty();
                    }
                    if cells.iter().any(|cell| !cell.is_empty()) {
                        rows.push(cells);
                    }
                }
                _ => {}
            }
        }
        if rows.is_empty() {
            self.words(own_caption);
        } else {
            self.blocks.push((
                inside.lang.clone(),
                BlockKind::Table {
                    header,
                    rows,
                    caption: own_caption,
                },
            ));
        }
    }
}
