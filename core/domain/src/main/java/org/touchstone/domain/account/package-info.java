/** Accounts, and the API keys by which callers act for them. */
package org.touchstone.domain.account;
