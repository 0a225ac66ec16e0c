const sent: number[] = [];

export async function throttle(most: number, windowMs: number): Promise<void> {
// ~^ throttling/dead-limiter "throttle" warning
  while (sent.length >= most && Date.now() - sent[0] < windowMs) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    sent.shift();
  }
  sent.push(Date.now());
}
