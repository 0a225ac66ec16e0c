let left = 4;
while (left) {
  const answer = await fetch("https://api.security.microsoft.com/api/alerts");
  if (answer.ok) break;
  left--;
}
