import pLimit from "p-limit";

const limit = pLimit(4);

export const devices = (ids) =>
  Promise.all(ids.map((id) => limit(() => fetch(`https://security.microsoft.com/apiproxy/mtp/devices/${id}`))));
