class Bucket {
  constructor(capacity, perSecond) {
    this.capacity = capacity;
    this.perSecond = perSecond;
    this.tokens = capacity;
    this.last = Date.now();
  }

  async take() {
    for (;;) {
      const now = Date.now();
      this.tokens = Math.min(this.capacity, this.tokens + ((now - this.last) / 1000) * this.perSecond);
      this.last = now;
      if (this.tokens >= 1) {
        this.tokens -= 1;
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, ((1 - this.tokens) / this.perSecond) * 1000));
    }
  }
}

const bucket = new Bucket(10, 1.5);

exports.machines = async (ids, headers) => {
  const machines = [];
  for (const id of ids) {
    await bucket.take();
    const response = await fetch(`https://api.securitycenter.microsoft.com/api/machines/${id}`, { headers });
    machines.push(await response.json());
  }
  return machines;
};
