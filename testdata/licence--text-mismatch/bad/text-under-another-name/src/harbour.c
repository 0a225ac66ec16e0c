/* SPDX-License-Identifier: Apache-2.0 */
int harbour(void) { return 0; }
