/** What is needed to sell Touchstone: exports of usage, purchases, and notices about them. */
package org.touchstone.infra.buying;
