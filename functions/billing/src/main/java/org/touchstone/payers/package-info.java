/** Accounts that are bought and paid for elsewhere. */
package org.touchstone.payers;
