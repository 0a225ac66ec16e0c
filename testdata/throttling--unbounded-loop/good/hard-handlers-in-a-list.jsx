// A call for the row that somebody clicks.
export function Machines({ machines, token }) {
  return (
    <ul>
      {machines.map((machine) => (
        <li
          key={machine.id}
          onClick={async () => {
            const url = `https://api.securitycenter.microsoft.com/api/machines/${machine.id}`;
            await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
          }}
        >
          {machine.name}
        </li>
      ))}
    </ul>
  );
}
