for (const town of ['Ghent', 'Bruges', 'Antwerp']) {
  const answer = await fetch(`https://nominatim.openstreetmap.org/search?q=${town}&format=jsonv2`);
  console.log(await answer.json());
}
