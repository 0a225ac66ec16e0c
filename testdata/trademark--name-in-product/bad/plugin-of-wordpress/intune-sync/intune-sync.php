<?php
/**
 * Plugin Name: Microsoft Intune Sync
~^ trademark/name-in-product "Microsoft Intune Sync" warning
 * Version: 1.2
 */
