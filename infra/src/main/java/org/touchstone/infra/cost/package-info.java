/** What a deployment costs a month, from one file of list prices. */
package org.touchstone.infra.cost;
