const GAP = 620;
let due = 0;

// Resolves when it is the caller's turn.
exports.turn = function turn() {
  const now = Date.now();
  const wait = Math.max(0, due - now);
  due = Math.max(now, due) + GAP;
  return new Promise((resolve) => setTimeout(resolve, wait));
};
