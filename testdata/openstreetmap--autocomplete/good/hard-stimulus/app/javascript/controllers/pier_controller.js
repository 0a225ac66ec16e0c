import { Controller } from "@hotwired/stimulus"

export default class extends Controller {
  static targets = ["field"]

  clearList() {
    this.element.querySelector("ul").replaceChildren()
  }

  async lookUp() {
    const answer = await fetch(`https://nominatim.openstreetmap.org/search?format=jsonv2&q=${this.fieldTarget.value}`)
    this.show(await answer.json())
  }
}
