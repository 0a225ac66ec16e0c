$('#address').on('keyup', function () {
  $.getJSON('https://nominatim.openstreetmap.org/search?format=json&q=' + $(this).val(), show);
// ~^ openstreetmap/autocomplete "$.getJSON('https://nominatim.openstreetmap.org/search?format=json&q=' + $(this).val(), show)" warning
});
