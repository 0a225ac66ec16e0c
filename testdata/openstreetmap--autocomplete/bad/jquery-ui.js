$('#pier').autocomplete({
  source: function (request, respond) {
    $.getJSON('https://nominatim.openstreetmap.org/search', { q: request.term, format: 'jsonv2' }, respond);
// ~^ openstreetmap/autocomplete "$.getJSON('https://nominatim.openstreetmap.org/search', { q: request.term, format: 'jsonv2' }, respond)" warning
  },
  minLength: 3,
});
