import Bottleneck from 'bottleneck';

const limiter = new Bottleneck({ minTime: 250 });
// ~^ openstreetmap/rate-exceeds-limit "new Bottleneck({ minTime: 250 })" error

export async function locateAll(addresses: string[]) {
  const answers = [];
  for (const address of addresses) {
    answers.push(
      await limiter.schedule(() =>
        fetch(`https://nominatim.openstreetmap.org/search?q=${encodeURIComponent(address)}&format=jsonv2`),
      ),
    );
  }
  return answers;
}
