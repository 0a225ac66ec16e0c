//! Declared and implied call rates against the documented limits.
