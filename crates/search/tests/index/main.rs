//! The index as its users meet it: what is found, what hostile questions do,
//! what damage does, and the table by which search is judged.

mod damage;
mod finding;
mod hostile;
mod paper;
mod table;
mod table_form;
