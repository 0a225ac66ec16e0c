export const footer = (year) => `
  <footer>
    <p>© ${year} Harbour</p>
    <p>Product names and trademarks remain the property of Microsoft and their respective owners.</p>
  </footer>`;
