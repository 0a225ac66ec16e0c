// Walks over the cells of a board; the map beside it is credited: © OpenStreetMap contributors.
export const TILES = 'https://tile.openstreetmap.org/{z}/{x}/{y}.png';

export function downloadScores(board: Board) {
  for (let x = 0; x < board.width; x++) {
    for (let y = 0; y < board.height; y++) {
      scores.push(board.at(x, y).score);
    }
  }
}
