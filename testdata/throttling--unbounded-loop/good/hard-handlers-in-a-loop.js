// Each button gets a handler; a call goes out when somebody clicks.
const API = "https://api.securitycenter.microsoft.com/api/machines/";

function draw(machines, map, list) {
  for (const machine of machines) {
    const row = document.createElement("li");
    row.addEventListener("click", async () => {
      const answer = await fetch(API + machine.id, { headers: auth() });
      show(await answer.json());
    });
    list.append(row);
  }
  machines.forEach((machine) => {
    const marker = map.marker(machine.place);
    marker.on("dragend", function () {
      lookUp(machine.id);
    });
    marker.once("ready", () => lookUp(machine.id));
  });
  return machines.map((machine) => () => fetch(API + machine.id, { headers: auth() }));
}

function lookUp(id) {
  return fetch(API + id, { headers: auth() });
}

function wire(machine) {
  document.getElementById(machine.id).addEventListener("change", () => lookUp(machine.id));
}

export function start(machines) {
  for (const machine of machines) {
    wire(machine);
  }
}
