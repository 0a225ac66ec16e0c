// Photon, by komoot; no usage policy of OpenStreetMap.
async function locateAll(addresses) {
  for (const address of addresses) {
    const answer = await fetch(`https://photon.komoot.io/api/?q=${encodeURIComponent(address)}`);
    console.log(await answer.json());
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
