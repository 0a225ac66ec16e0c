test('tiles are asked for', () => {
  expect(layer('https://tile.openstreetmap.org/{z}/{x}/{y}.png').zooms).toBe(19);
});
