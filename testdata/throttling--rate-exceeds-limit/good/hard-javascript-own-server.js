const rateLimit = require('express-rate-limit');
const axios = require('axios');
// Limits those who call us, not what we call.
app.use(rateLimit({ windowMs: 60000, max: 1000 }));
app.get('/alerts', async (req, res) => {
  const alerts = await axios.get('https://api.security.microsoft.com/api/alerts');
  res.json(alerts.data);
});
