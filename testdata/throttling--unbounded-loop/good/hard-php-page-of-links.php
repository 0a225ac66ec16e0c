<p>Open https://api.security.microsoft.com/api/machines for each machine:</p>
<?php foreach ($machines as $machine): ?>
  <a href="https://security.microsoft.com/machines/<?= $machine['id'] ?>"><?= htmlspecialchars($machine['name']) ?></a>
<?php endforeach; ?>
