const ids = ["a", "b"];
const urls = ids.map((id) => `https://security.microsoft.com/machines/${id}`);
await Promise.all([fetch(`https://security.microsoft.com/apiproxy/mtp/a`), fetch(`https://security.microsoft.com/apiproxy/mtp/b`)]);
console.log(urls);
