export default { ui: { name: "OneDrive Tides" } };
