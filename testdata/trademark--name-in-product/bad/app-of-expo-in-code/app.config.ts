export default ({ config }) => ({
  ...config,
  name: "OneDrive Tides",
  // ~^ trademark/name-in-product "OneDrive Tides" warning
  slug: "tides",
});
