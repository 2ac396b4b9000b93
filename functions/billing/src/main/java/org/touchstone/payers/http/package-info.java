/** Bounded calls of other organisations' services. */
package org.touchstone.payers.http;
