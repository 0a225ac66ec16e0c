# SPDX-License-Identifier: MIT
print('alerts')
