import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["field"]

  lookUp() {
    clearTimeout(this.waiting)
    this.waiting = setTimeout(() => this.findBerth(), 300)
    // ~^ openstreetmap/autocomplete "this.findBerth()" warning
  }

  async findBerth() {
    const answer = await fetch(`https://nominatim.openstreetmap.org/search?format=jsonv2&q=${this.fieldTarget.value}`)
    this.show(await answer.json())
  }
}
