/** Lets one caller pass in every `gapMs`. */
export class Gate {
  private due = 0;

  constructor(private readonly gapMs: number) {}

  async pass(): Promise<void> {
    const now = Date.now();
    const wait = Math.max(0, this.due - now);
    this.due = Math.max(now, this.due) + this.gapMs;
    if (wait > 0) {
      await new Promise<void>((resolve) => setTimeout(resolve, wait));
    }
  }
}
