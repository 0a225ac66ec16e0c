# SPDX-License-Identifier: Apache-2.0
# ~^ licence/text-mismatch "Apache-2.0"
import requests
