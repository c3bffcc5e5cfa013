//! The index as its users meet it: what is found, what hostile questions do,
//! what damage does, the table by which search is judged, and known items.

mod damage;
mod finding;
mod hostile;
mod known_item;
mod paper;
mod table;
mod table_form;
