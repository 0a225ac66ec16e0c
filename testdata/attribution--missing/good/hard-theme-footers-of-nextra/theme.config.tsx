export default {
  logo: <b>Quay</b>,
  footer: {
    content: (
      <span>
        Adapted from <a href="https://learn.microsoft.com/en-us/defender-endpoint/api/get-machines">List machines API</a> by Microsoft and contributors, licensed under <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>. Shortened.
      </span>
    ),
  },
};
