import http from 'k6/http';

export let options = {
  stages: [
    { duration: '30s', target: 20 },
    { duration: '1m', target: 60 },
    // ~^ throttling/config-exceeds-limit "60" warning
    { duration: '30s', target: 0 },
  ],
};

export default () => {
  http.post('https://api.security.microsoft.com/api/advancedhunting/run', JSON.stringify({ Query: 'DeviceInfo' }));
};
