//! Which org files belong to which project.
