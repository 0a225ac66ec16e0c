async function survey(box) {
  for (let lat = box.south; lat < box.north; lat += 0.01) {
    for (let lon = box.west; lon < box.east; lon += 0.01) {
      await fetch(`https://nominatim.openstreetmap.org/reverse?lat=${lat}&lon=${lon}`);
// ~^ openstreetmap/systematic-search "fetch(`https://nominatim.openstreetmap.org/reverse?lat=${lat}&lon=${lon}`)" warning
      await new Promise((done) => setTimeout(done, 1000));
    }
  }
}
