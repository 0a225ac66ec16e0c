import Bottleneck from 'bottleneck';

const limiter = new Bottleneck({ minTime: 1100, maxConcurrent: 1 });

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
