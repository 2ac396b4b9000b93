/** Prices, the ledger of usage, and the caps of accounts. Money is in millionths of a currency. */
package org.touchstone.billing;
