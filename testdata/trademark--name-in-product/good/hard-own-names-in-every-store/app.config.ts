export default {
  name: "Harbour",
  slug: "harbour",
  plugins: [{ name: "OneDrive Tides" }],
};
