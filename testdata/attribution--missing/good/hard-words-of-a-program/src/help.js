export const note = "The questions are reproduced from Microsoft Learn.";
