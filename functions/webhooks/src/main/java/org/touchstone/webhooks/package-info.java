/** The function that tells the accounts' servers of events. */
package org.touchstone.webhooks;
